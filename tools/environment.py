"""Makes the environment ``.venv`` for ``make``: with uv where it is present, else with venv and pip.

    python3 tools/environment.py runtime|dev

Only Python's standard library is used here. The versions are those of constraints.txt, with which the tests passed.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WANTED = {"runtime": ".[postgresql]", "dev": ".[dev]"}


def run(*command: str) -> bool:
    """Runs a command; True where it succeeded."""
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def quietly(*command: str) -> bool:
    """Runs a command whose failure has a second way."""
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 0


def made_with_venv() -> list[str]:
    """Makes ``.venv`` without uv; the beginning of the pip command that installs into it."""
    python = str(VENV / "bin" / "python")
    if Path(python).exists() and quietly(python, "-m", "pip", "--version"):
        return [python, "-m", "pip"]
    if quietly(sys.executable, "-m", "venv", str(VENV)):
        return [python, "-m", "pip"]
    # Debian keeps a part of venv in a package of its own; pip alone will do.
    if quietly(sys.executable, "-m", "pip", "--version") and quietly(
        sys.executable, "-m", "venv", "--without-pip", "--clear", str(VENV)
    ):
        return [sys.executable, "-m", "pip", "--python", python]
    sys.exit("Python has neither venv nor pip here. Get them with: apt-get install python3-venv   (or install uv)")


def main() -> int:
    """The command."""
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    what = ["-c", "constraints.txt", "-e", WANTED[sys.argv[1]]]
    uv = shutil.which("uv")
    print("Making the environment (once) …", flush=True)
    if uv:
        python = VENV / "bin" / "python"
        if not python.exists() and not run(uv, "venv", "--quiet", "--python", sys.executable, str(VENV)):
            return 1
        done = run(uv, "pip", "install", "--quiet", "--python", str(python), *what)
    else:
        pip = made_with_venv()
        done = run(*pip, "install", "-qq", "--disable-pip-version-check", "--no-warn-script-location", *what)
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
