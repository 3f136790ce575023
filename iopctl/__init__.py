"""iopctl: agreements about idéburet offentligt partnerskap (IOP) as plain text.

The pipeline, said once::

    text ─► values with spans ─► typed frozen model ─► pure functions ─► plain results ─► renderer ─► stdout or file
            source.py            form.py, model/       checks/, compute/                  render/, documents/

`load.py` walks the files, `cli/` parses arguments and is the only part that reads the clock or writes.
"""

__version__ = "0.1.0"
