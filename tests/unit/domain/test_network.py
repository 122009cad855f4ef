"""What is public: nothing that only this machine, this network, or the cloud's own reach."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.network import is_public

NOT_PUBLIC = [
    "127.0.0.1",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "::1",
    "::",
    "::127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "2002:7f00:1::",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
    "localhost",
    "",
    "2130706433",
    "0x7f.1",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_not_public_is_not(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "54.239.28.85", "2600:1f18::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_what_is_public_is(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_within_another_counts_as_what_it_is(address):
    number = int(address)
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | number)
    nat64 = ipaddress.IPv6Address((0x64FF9B << 96) | number)
    six_to_four = ipaddress.IPv6Address((0x2002 << 112) | (number << 80) | 1)

    assert {is_public(str(each)) for each in (mapped, nat64, six_to_four)} == {
        is_public(str(address))
    }
