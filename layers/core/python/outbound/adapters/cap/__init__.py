"""Alerts in XML: the Common Alerting Protocol 1.2, read with care, for anybody can send anything.

https://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2.html
"""
