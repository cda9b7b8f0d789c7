"""`python -m kommissorium.cli` is the command `kommissorium`."""

from __future__ import annotations

import sys

from kommissorium.cli import main

sys.exit(main())
