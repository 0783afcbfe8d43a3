"""The shape that nibabel reads of its own test images, by path; null for what is no NIfTI image in one file."""
import json
import os
import sys
import warnings

import nibabel

warnings.simplefilter("ignore")


def read(path):
    image = nibabel.load(path)
    header = image.nifti_header if hasattr(image, "nifti_header") else image.header
    single = header["magic"] in (b"n+1", b"n+2\0\r\n\x1a\n", b"n+2")
    return list(header.get_data_shape()) if single else None


json.load(sys.stdin)
root = os.path.join(os.path.dirname(nibabel.__file__), "tests", "data")
names = [name for name in sorted(os.listdir(root)) if name.endswith((".nii", ".nii.gz"))]
json.dump({os.path.join(root, name): read(os.path.join(root, name)) for name in names}, sys.stdout)
