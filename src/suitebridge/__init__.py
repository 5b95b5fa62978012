"""SuiteBridge: a NetSuite connector for professional-services companies."""
