"""The search for proof objects: it proposes steps, the checker says what each leaves to show.

Nothing here is trusted. ``driver.Driver`` tries tactics on a sequent, each of which proposes a rule of
``srverify.checker``; the sequents that this rule leaves are tried in turn. Doubles (``floats``) only
guess what is worth trying.
"""

import os

# Before NumPy is loaded: threads cost more than they gain on small matrices, and are not counted in a
# search's time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
