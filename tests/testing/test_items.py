"""A suite that names its recordings in pytest's configuration has a test that they hold no secret."""

import pytest

LEAK = '{"http_interactions": [{"request": {"uri": "https://x.example/?key=skey_test_5example000000leak"}}]}'


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A suite with a test and a folder of recordings."""
    pytester.makeini("[pytest]\nomise_check_cassettes = cassettes more\naddopts = -p no:cacheprovider -p no:randomly")
    pytester.makepyfile("def test_one(): pass")
    for folder in ("cassettes", "more"):
        pytester.mkdir(folder)
        (pytester.path / folder / "a.yaml").write_text("interactions: []")
    return pytester


def test_recordings_without_secrets_pass(suite: pytest.Pytester) -> None:
    """A test for each folder, beside the suite's own."""
    result = suite.runpytest("-v")

    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["*cassettes in cassettes PASSED*", "*cassettes in more PASSED*"])


def test_a_secret_fails_the_suite(suite: pytest.Pytester) -> None:
    """The file and the place are told, the secret is not, whatever is shown of locals."""
    (suite.path / "more" / "b.json").write_text(LEAK)
    result = suite.runpytest("-l")

    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["more?b.json: interaction 1, request URI: secret key"])
    result.stdout.no_fnmatch_line("*skey_test_5*")


def test_a_folder_that_is_not_there_fails_too(suite: pytest.Pytester) -> None:
    """With a sentence."""
    suite.makeini("[pytest]\nomise_check_cassettes = casettes\naddopts = -p no:cacheprovider")
    result = suite.runpytest()

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["there are no recordings (*) in casettes"])


def test_a_suite_that_names_none_has_no_further_test(suite: pytest.Pytester) -> None:
    """And imports nothing for it."""
    suite.makeini("[pytest]\naddopts = -p no:cacheprovider")
    suite.makepyfile("import sys\ndef test_one(): assert 'omise.testing.items' not in sys.modules")

    suite.runpytest_subprocess().assert_outcomes(passed=1)
