"""The demonstration: real places and agencies, published figures with their sources, and generated opinions.

Everything generated is marked as illustration, is the same on every machine for the same day, and sums to the
published figures it stands behind.
"""
