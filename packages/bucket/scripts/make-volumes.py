#!/usr/bin/python3
"""Writes the demo's DICOM series and NIfTI volume, and the odd DICOM files of the browser tests. Not part of the build:
the files are committed. Run it only to change them, then measure them with ./measure-volumes.py.

Needs (Debian 12 names): python3-pydicom python3-nibabel python3-pil dcmtk
"""

import io
import subprocess
import zlib
from pathlib import Path

import nibabel
import numpy
import pydicom
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

ROOT = Path(__file__).resolve().parents[3]
MEDIA = ROOT / "packages/bucket/media"
FIXTURES = ROOT / "tests/acceptance/browser/fixtures"

# Millimetres. The patient's axes are those of DICOM: x to the left, y to the back, z to the head.
SIZE, SLICES = 128, 24
SPACING, THICKNESS = 1.6, 6.0
ORIGIN = numpy.array([-(SIZE - 1) / 2 * SPACING, -(SIZE - 1) / 2 * SPACING, -(SLICES - 1) / 2 * THICKNESS])


def inside(point, centre, radii):
    return sum(((axis - c) / r) ** 2 for axis, c, r in zip(point, centre, radii)) <= 1


def head(x, y, z):
    """Hounsfield units of a head of ellipsoids: every direction can be told from every other."""
    point = (x, y, z)
    units = numpy.full(x.shape, -1000)
    for centre, radii, value in [
        ((0, -92, -14), (9, 9, 12), 30),  # nose: to the front
        ((0, 0, 0), (76, 92, 70), 900),  # skull
        ((0, 0, 0), (70, 86, 64), 38),  # brain
        ((-14, 6, 6), (8, 30, 14), 4),  # ventricles
        ((14, 6, 6), (8, 30, 14), 4),
        ((38, -34, 10), (13, 13, 13), 72),  # lesion: left, front, above the middle
        ((-30, 40, 40), (6, 6, 6), 300),  # calcification: right, back, far above
    ]:
        units[inside(point, centre, radii)] = value
    return units


def dicom_slice(index, units):
    data = Dataset()
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID = CTImageStorage
    uid = lambda *parts: generate_uid(entropy_srcs=["latchkey", "head phantom", *parts])
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID = uid("instance", str(index))
    data.is_little_endian, data.is_implicit_VR = True, False
    data.StudyInstanceUID, data.SeriesInstanceUID = uid("study"), uid("series")
    data.FrameOfReferenceUID = uid("frame")
    data.StudyDate, data.Modality, data.Manufacturer = "20260101", "CT", "Latchkey demo"
    data.StudyDescription, data.SeriesDescription = "Phantom", "Head of ellipsoids"
    data.PatientName, data.PatientID = "Phantom^Head", "PHANTOM-1"
    data.StudyID, data.SeriesNumber, data.InstanceNumber = "1", 1, index + 1
    data.ImageType = ["DERIVED", "SECONDARY", "AXIAL"]
    data.ImagePositionPatient = [*ORIGIN[:2].round(3), round(ORIGIN[2] + index * THICKNESS, 3)]
    data.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    data.PixelSpacing, data.SliceThickness = [SPACING, SPACING], THICKNESS
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.Rows, data.Columns = units.shape
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 16, 12, 11, 0
    data.RescaleIntercept, data.RescaleSlope, data.RescaleType = -1024, 1, "HU"
    data.WindowCenter, data.WindowWidth = 40, 160
    data.PixelData = (units + 1024).astype("<u2").tobytes()
    return data


def series():
    noise = numpy.random.default_rng(7)
    grid = numpy.arange(SIZE) * SPACING + ORIGIN[0]
    y, x = numpy.meshgrid(grid, grid, indexing="ij")
    for index in range(SLICES):
        units = head(x, y, numpy.full(x.shape, ORIGIN[2] + index * THICKNESS))
        tissue = units > -1000
        units[tissue] += noise.integers(-3, 4, units.shape)[tissue]
        yield dicom_slice(index, units)


def save(data, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    data.save_as(path, write_like_original=False)
    return path


def write_series(slices):
    """Lossless JPEG, as archives hold them: a third of the bytes, and the viewer's decoder has work to do."""
    folder = MEDIA / "dicom_series/head-phantom"
    for index, data in enumerate(slices):
        path = save(data, folder / f"{index + 1:02}.dcm")
        subprocess.run(["dcmcjpeg", "--encode-lossless-sv1", "+ud", path, path], check=True)


def write_odd_files(data):
    plain = save(data, FIXTURES / "plain.dcm")
    for command, name in [(["dcmcrle"], "rle.dcm"), (["dcmcjpls"], "jpeg-ls.dcm"), (["dcmconv", "+tb"], "big-endian.dcm"), (["dcmconv", "+td"], "deflated.dcm")]:
        subprocess.run([*command, plain, FIXTURES / name], check=True)
    whole = plain.read_bytes()
    (FIXTURES / "no-preamble.dcm").write_bytes(whole[132:])
    (FIXTURES / "truncated.dcm").write_bytes(whole[: len(whole) // 2])
    jpeg2000 = pydicom.dcmread(plain)
    pixels = io.BytesIO()
    Image.fromarray(jpeg2000.pixel_array.astype("<u2")).save(pixels, "JPEG2000", no_jp2=True, irreversible=False)
    jpeg2000.PixelData = encapsulate([pixels.getvalue()])
    jpeg2000["PixelData"].is_undefined_length = True
    jpeg2000.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.4.90"
    save(jpeg2000, FIXTURES / "jpeg-2000.dcm")
    video = pydicom.dcmread(plain)
    video.PixelData = encapsulate([b"\0\0\1\xba" + b"\0" * 60])
    video["PixelData"].is_undefined_length = True
    video.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.4.100"
    save(video, FIXTURES / "mpeg-2.dcm")


def write_nifti():
    """A head again, coarser, in RAS and tilted a little, with a ball that moves from volume to volume."""
    shape, spacing, volumes = (64, 76, 56), 2.5, 4
    tilt = numpy.deg2rad(8)
    turn = numpy.array([[1, 0, 0], [0, numpy.cos(tilt), -numpy.sin(tilt)], [0, numpy.sin(tilt), numpy.cos(tilt)]])
    affine = numpy.eye(4)
    affine[:3, :3] = turn * spacing
    affine[:3, 3] = -affine[:3, :3] @ ((numpy.array(shape) - 1) / 2)
    voxels = numpy.stack(numpy.meshgrid(*[numpy.arange(n) for n in shape], indexing="ij"), -1)
    world = voxels @ affine[:3, :3].T + affine[:3, 3]
    x, y, z = -world[..., 0], -world[..., 1], world[..., 2]
    still = numpy.clip(head(x, y, z), 0, 200)
    series = numpy.stack([numpy.where(inside((x, y, z), (0, 20, -40 + 20 * step), (14, 14, 14)), 160, still) for step in range(volumes)], -1)
    image = nibabel.Nifti1Image(series.astype(numpy.uint8), affine)
    image.header.set_xyzt_units("mm", "sec")
    image.header["pixdim"][4] = 2
    image.header["cal_min"], image.header["cal_max"] = 0, 120
    path = MEDIA / "nifti/head-in-motion.nii"
    path.parent.mkdir(parents=True, exist_ok=True)
    # gzip.compress of Python writes the time; this is the same file each time.
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    path.with_suffix(".nii.gz").write_bytes(packer.compress(image.to_bytes()) + packer.flush())


slices = list(series())
write_series(slices)
write_odd_files(slices[SLICES // 2])
write_nifti()
