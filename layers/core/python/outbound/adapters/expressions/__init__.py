"""The language of segments: expressions of Jinja2, of which a list of node kinds is accepted.

Jinja's parser reads them, and nothing else of it is used: each node becomes a function of ours, for
a million contacts are asked, and a contact that lacks something must be no error. There is no way
to loop, to grow or to call, so what an expression can take is bounded by its nodes, which are
counted when it is compiled.
"""
