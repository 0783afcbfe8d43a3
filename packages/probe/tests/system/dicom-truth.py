"""What pydicom reads of its own test files: by name the given tags as DICOM JSON, null for a file that it can't read."""
import json
import logging
import os
import sys
import warnings

import pydicom

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

NOT_DICOM = (".py", ".pyc", ".json", ".dump", ".txt", ".md", "README", ".gz", ".zip", ".sha256")


def to_json(element):
    read = element.to_json(lambda _: "", 1 << 30)
    return json.loads(read) if isinstance(read, str) else read


def read(path, tags):
    try:
        data_set = pydicom.dcmread(path, stop_before_pixels=True, force=True)
        return {f"{e.tag:08X}": to_json(e) for e in data_set if f"{e.tag:08X}" in tags}
    except Exception:
        return None


tags = set(json.load(sys.stdin))
root = os.path.join(os.path.dirname(pydicom.__file__), "data")
paths = [os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names]
json.dump({path: read(path, tags) for path in sorted(paths) if not path.endswith(NOT_DICOM)}, sys.stdout)
