"""Tests of outbound setup."""
