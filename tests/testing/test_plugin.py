"""The pytest plugin, as a user's suite meets it."""

import pytest


def test_the_fixture_gives_a_fresh_sandbox_to_each_test(pytester: pytest.Pytester) -> None:
    """A suite needs no more than the fixture's name, and what one test did is unknown to the next."""
    pytester.makepyfile(
        """
        import omise
        import pytest

        @pytest.mark.parametrize("round", [1, 2])
        def test_customers(omise_sandbox, round):
            assert len(omise.Customer.list()) == 0
            omise.Customer.create(email="john@example.com")
            assert omise_sandbox.requests[-1].params == {"email": "john@example.com"}

        def test_settings_are_put_back():
            assert omise.secret_api_key is None
        """
    )

    pytester.runpytest("-p", "no:cacheprovider").assert_outcomes(passed=3)


def test_the_plugin_imports_nothing_until_it_is_used(pytester: pytest.Pytester) -> None:
    """A suite that does not use the sandbox does not pay for it, nor need what it needs."""
    pytester.makepyfile(
        """
        import sys

        def test_modules():
            assert "omise.testing.plugin" in sys.modules
            assert not {"requests", "werkzeug", "waitress", "vcr"} & set(sys.modules)
        """
    )

    others = ("no:cacheprovider", "no:recording", "no:requests_mock")  # plugins that import what is looked for
    pytester.runpytest_subprocess(*(word for name in others for word in ("-p", name))).assert_outcomes(passed=1)


def test_the_fixture_is_described(pytester: pytest.Pytester) -> None:
    """``pytest --fixtures`` says what the fixture gives."""
    result = pytester.runpytest("--fixtures", "-p", "no:cacheprovider")

    result.stdout.fnmatch_lines(["omise_sandbox*", "*fresh sandbox for this test*"])
