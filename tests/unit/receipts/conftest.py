"""What was counted, read from where CloudWatch reads it."""

from __future__ import annotations

import json

import pytest


@pytest.fixture(autouse=True)
def no_network(socket_disabled):
    """Reading needs none."""


@pytest.fixture
def counted(capsys):
    """The names of the metrics counted so far, each once per count."""

    def counted():
        lines = [line for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
        blobs = [json.loads(line) for line in lines]
        return [
            metric["Name"]
            for blob in blobs
            for metric in blob["_aws"]["CloudWatchMetrics"][0]["Metrics"]
        ]

    return counted
