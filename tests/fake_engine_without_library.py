"""An engine module whose library is missing at import."""

import a_library_that_is_not_installed  # type: ignore[import-not-found]  # noqa: F401
