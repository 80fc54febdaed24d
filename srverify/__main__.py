"""Entry point of ``python -m srverify`` and of the ``srverify`` script."""

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    from srverify.running.interpreter import protect

    protect()
    from srverify.commands.cli import run
    from srverify.commands.streams import occupy_closed_descriptors

    occupy_closed_descriptors()

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
