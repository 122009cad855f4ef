"""Tests of outbound doctor."""
