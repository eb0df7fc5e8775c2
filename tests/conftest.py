"""What every test stands on: an own data folder, compiled translations, a small programme."""

import os
import tempfile

os.environ["PILOTAGE_DATA"] = tempfile.mkdtemp(prefix="pilotage-tests-")
os.environ.setdefault("PILOTAGE_SECRET_KEY", "for tests only")

from pilotage.kit.catalogues import compile_catalogues

compile_catalogues()
