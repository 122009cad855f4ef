"""The stores, over DynamoDB. A tenant's partition keys begin with the tenant, always.

Every method that takes a tenant builds its keys from it, so no caller can reach another's items.
"""
