"""Who sends, and how a request says who it is."""

from omise.config import Config
from omise.version import __version__
from omise.wire.sending import user_agent


def test_the_user_agent_names_the_package_and_what_the_application_adds() -> None:
    """There is nothing after the version of Python, unless it was set."""
    config = Config()
    assert user_agent(config).startswith(f"OmisePython/{__version__} Python/3.")
    assert user_agent(config).count(" ") == 1

    config.user_agent_suffix = "shop/2.1"
    assert user_agent(config).endswith(" shop/2.1")
