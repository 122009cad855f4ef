"""Exports of runs: a row for each recipient, with what was decided and what has become of it."""
