"""The only place that builds adapters: at first use, once for each process. A module per stage."""
