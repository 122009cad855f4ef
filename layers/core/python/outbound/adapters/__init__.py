"""The ports over AWS and libraries; only `outbound.wiring` builds these."""
