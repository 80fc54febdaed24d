"""Where work runs: processes, limits, executors, remembered outcomes."""
