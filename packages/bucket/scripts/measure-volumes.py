#!/usr/bin/python3
"""Prints the entries of ../media/media.json for the DICOM series and the NIfTI volume, one JSON object a line.
Called by ./measure-media.sh.

Needs (Debian 12 names): python3-pydicom python3-nibabel
"""

import json
from pathlib import Path

import nibabel
import pydicom

MEDIA = Path(__file__).resolve().parents[1] / "media"

# The 22 tags of the manifest's dicomMetadata; null where the file has none.
TAGS = (
    "00080018 00100020 00180050 00181114 00181164 0020000D 0020000E 00200013 00200032 00200037 00209113 00209116 "
    "00280004 00280008 00280010 00280011 00280030 00281050 00281051 00289110 52009229 52009230"
).split()


def entry(path, kind, title, content_type, scene, **metadata):
    client = {"source": "demo", "licence": "CC0-1.0", "scene": scene}
    key = str(path.relative_to(MEDIA))
    print(json.dumps({"key": key, "kind": kind, "title": title, "contentType": content_type, **metadata, "clientMetadata": client}))


def series(folder, title, scene):
    for path in sorted((MEDIA / folder).iterdir()):
        data = pydicom.dcmread(path, stop_before_pixels=True)
        elements = data.to_json_dict()
        entry(path, "dicom_series", title, "application/dicom", scene, dicomMetadata={"tags": {tag: elements.get(tag) for tag in TAGS}})


def nifti(file, title, scene):
    path = MEDIA / file
    width, height, depth, volumes = (*nibabel.load(path).shape, 1)[:4]
    facts = {"fileSize": path.stat().st_size, "mimeType": "application/gzip", "width": width, "height": height, "depth": depth, "numVolumes": volumes}
    entry(path, "nifti", title, "application/gzip", scene, niftiMetadata=facts)


series("dicom_series/head-phantom", "Head phantom, CT", "phantom")
nifti("nifti/head-in-motion.nii.gz", "Head phantom with a moving ball", "phantom")
