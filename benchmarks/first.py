"""A fresh process of one peer: import and first call, then later calls; nothing is imported here that they would."""

import sys
import time


def main(name: str, url: str, later: int) -> None:
    """Print seconds: of the import and the first call, the same of CPU time, and of a later call."""
    began, began_cpu = time.perf_counter(), time.process_time()
    peer = getattr(__import__(f"peers.{name}"), name).Peer(url)
    peer.retrieve()
    first, first_cpu = time.perf_counter() - began, time.process_time() - began_cpu
    began = time.perf_counter()
    for _ in range(later):
        peer.retrieve()
    print(first, first_cpu, (time.perf_counter() - began) / later)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
