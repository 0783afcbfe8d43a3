import { type ItemType, type UnitKind, unitKinds } from '@latchkey/contract/kinds';
import { limits as contractLimits, type ManifestLimits } from '@latchkey/contract/limits';
import { type MetadataCheck, metadataCheck } from '@latchkey/contract/metadata-check';
import { compileGateways } from '@latchkey/locator/gateways';
import type { LocatedUrl } from '@latchkey/locator/locate';
import { measuredKind } from '../measure/measured-kind.js';
import { showKey } from '../scan/manifest-keys.js';
import type { Place } from '../scan/place.js';
import { composeLocation } from './composite-location.js';
import { type CompositeKind, type GivenMember, gatherMembers, isCompositeKind } from './composite-members.js';
import { checkSeries } from './dicom-series.js';
import { type ElementField, externalFileTypes } from './element-keys.js';
import { compileHostRules } from './host-rules.js';
import { readReferences } from './item-references.js';
import { mediaFormat } from './media-metadata.js';
import { type MediaRules, readObjectMedia } from './object-media.js';
import { readObjectUrl, type UrlRules } from './object-url.js';
import type { PartWarnings } from './part-warnings.js';
import { readScene, type SceneFile } from './scene.js';
import { readClientMetadata, readTitle, type TextChecks, wrongType } from './text-fields.js';
import { readTimeSeriesSettings } from './time-series-settings.js';
import {
  isObject,
  showJsonType,
  type Unit,
  type UnitMember,
  UnitRefusal,
  type UnitResult,
  type UnitRules,
} from './unit.js';
import { failedUnit } from './unit-error.js';
import { type FieldNotes, type Fields, type NumberedFields, sortFields } from './unit-fields.js';

interface ElementPlace {
  readonly element: number;
  readonly place: Place;
  readonly bytes: number;
}

type UnitBody = Omit<Unit, 'kind' | 'element' | 'line'>;

const noMembers: readonly UnitMember[] = [];
const noReferences: readonly string[] = [];

/** Checks the elements of one kind under one set of rules. */
export class UnitReader implements TextChecks {
  readonly limits: ManifestLimits;
  readonly checksText: boolean;
  readonly checkMetadata: MetadataCheck | null;
  private readonly urlRules: UrlRules;
  private readonly kind: UnitKind;
  private readonly rules: UnitRules;
  private readonly warnings: PartWarnings;

  constructor(kind: UnitKind, rules: UnitRules, warnings: PartWarnings, checksText: boolean) {
    this.kind = kind;
    this.rules = rules;
    this.limits = rules.limits ?? contractLimits;
    this.warnings = warnings;
    this.checksText = checksText;
    this.checkMetadata = rules.metadataSchema ? metadataCheck(rules.metadataSchema) : null;
    this.urlRules = {
      allowsHost: compileHostRules(rules.allowedHosts),
      hasSigner: rules.hasSigner ?? false,
      gateways: compileGateways(rules.gateways ?? []),
      maxBytes: this.limits.objectUrlBytes,
      expiredAt: rules.expiredAt,
    };
  }

  /** `bytes` is the size of the element as given. */
  read(value: unknown, element: number, place: Place, bytes: number): UnitResult {
    const { kind } = this;
    try {
      this.checkSize(bytes);
      const numbered: NumberedFields | undefined = isCompositeKind(kind) ? new Map() : undefined;
      const fields = this.readFields(value, element, place, numbered);
      const at = { element, place, bytes };
      const body = numbered
        ? this.readComposite(kind as CompositeKind, fields, numbered, at)
        : unitKinds[kind].shape === 'items'
          ? this.readGroupOfItems(fields, at)
          : this.readSingle(fields, at);
      return { ok: true, unit: { kind, element, line: place.line, ...body } };
    } catch (error) {
      if (!(error instanceof UnitRefusal)) throw error;
      return failedUnit(error.problem, value, { kind, element, place }, this.limits);
    }
  }

  private checkSize(bytes: number): void {
    const { manifestElementBytes } = this.limits;
    if (bytes <= manifestElementBytes) return;
    const message = `The element has ${bytes} bytes; at most ${manifestElementBytes} are allowed (limit manifestElementBytes).`;
    throw new UnitRefusal({ code: 'unit_too_large', message });
  }

  private readFields(
    value: unknown,
    element: number,
    place: Place,
    numbered: NumberedFields | undefined,
  ): Fields {
    if (!isObject(value))
      throw new UnitRefusal({
        code: 'unit_not_an_object',
        message: `Each element of "${this.kind}" must be an object; found ${showJsonType(value)}.`,
      });
    const fields = sortFields(value, this.kind, this.notesInside(null, element, place), numbered);
    this.checkFileType(fields.externalFileType);
    this.warnOfOtherMetadata(fields, element, place);
    return fields;
  }

  private notesInside(inside: string | null, element: number, place: Place): FieldNotes {
    return {
      unknown: (key) => this.warnings.unknownKey(key, inside, element, place),
      duplicate: (key, field) => this.warnings.duplicateKey(key, field, inside, element, place),
    };
  }

  private checkFileType(value: unknown): void {
    const expected = externalFileTypes[this.kind];
    if (value === undefined || value === null || expected === undefined) return;
    if (typeof value === 'string' && value.toUpperCase() === expected) return;
    const found = typeof value === 'string' ? showKey(value) : showJsonType(value);
    throw new UnitRefusal({
      code: 'unit_wrong_type',
      message: `"externalFileType" of a unit of "${this.kind}" must be "${expected}"; found ${found}.`,
      hint: 'List the unit as what it is, or leave "externalFileType" out.',
      field: 'externalFileType',
    });
  }

  private warnOfOtherMetadata(fields: Fields, element: number, place: Place): void {
    const own = mediaFormat(this.kind)?.key;
    for (const name of Object.keys(fields))
      if (name.endsWith('Metadata') && name !== own && name !== 'clientMetadata')
        this.warnings.otherMetadata(name, element, place);
  }

  private readTexts(fields: Fields, { bytes }: ElementPlace): Pick<Unit, 'title' | 'clientMetadata'> {
    const title = readTitle(fields.title, this);
    return { title, clientMetadata: readClientMetadata(fields.clientMetadata, bytes, this) };
  }

  private readSingle(fields: Fields, at: ElementPlace): UnitBody {
    const scene = this.kind === 'scenes' ? readScene(fields) : null;
    if (scene?.files) return this.readStreams(scene.files, scene.details, this.readTexts(fields, at), at);
    const objectUrl = (scene ? scene.objectUrl : fields.objectUrl) as string;
    const location = readObjectUrl(objectUrl, this.urlRules);
    const { title, clientMetadata } = this.readTexts(fields, at);
    const key = mediaFormat(this.kind)?.key as ElementField;
    const notes = this.notesInside(key, at.element, at.place);
    const mediaMetadata = readObjectMedia(this.kind, fields[key], this.mediaRules(location), notes);
    const details =
      this.kind === 'timeSeries' ? readTimeSeriesSettings(fields.settings) : (scene?.details ?? null);
    const { itemType } = unitKinds[this.kind];
    const [members, references] = [noMembers, noReferences];
    return {
      itemType,
      objectUrl,
      location,
      title,
      clientMetadata,
      mediaMetadata,
      members,
      references,
      details,
    };
  }

  private readStreams(
    files: readonly SceneFile[],
    details: Unit['details'],
    texts: Pick<Unit, 'title' | 'clientMetadata'>,
    at: ElementPlace,
  ): UnitBody {
    const members = files.map((file) => this.readSceneFile(file, at));
    const location = composeLocation('scene', members);
    return {
      itemType: 'scene',
      objectUrl: null,
      location,
      ...texts,
      mediaMetadata: null,
      members,
      references: noReferences,
      details,
    };
  }

  /** A scene of streams says all that a viewer needs: its files may lack metadata under strict access as well. */
  private readSceneFile(file: SceneFile, { element, place }: ElementPlace): UnitMember {
    const { itemType, metadataKind, field } = file;
    const nameOf = (name: string): string => `${field}.${name === 'objectUrl' ? 'uri' : name}`;
    return this.namingField(nameOf, file.objectUrl, () => {
      const location = readObjectUrl(file.objectUrl, this.urlRules);
      const rules = { strict: false, needsSigner: false, checksText: this.checksText };
      const notes = this.notesInside(mediaFormat(metadataKind ?? 'scenes')?.key ?? null, element, place);
      return {
        itemType,
        measuredAs: metadataKind && measuredKind(metadataKind),
        objectUrl: file.objectUrl as string,
        location,
        title: null,
        mediaMetadata: metadataKind && readObjectMedia(metadataKind, file.mediaMetadata, rules, notes),
        field: nameOf('objectUrl'),
      };
    });
  }

  private readComposite(
    kind: CompositeKind,
    fields: Fields,
    numbered: NumberedFields,
    at: ElementPlace,
  ): UnitBody {
    const notes = this.notesInside('members', at.element, at.place);
    const given = gatherMembers(kind, fields, numbered, notes);
    const members = given.map((member) => this.readMember(kind, member, at));
    if (kind === 'dicomSeries') checkSeries(members);
    const itemType = this.compositeType(fields);
    const location = composeLocation(itemType, members);
    const texts = this.readTexts(fields, at);
    return {
      itemType,
      objectUrl: null,
      location,
      ...texts,
      mediaMetadata: null,
      members,
      references: noReferences,
      details: null,
    };
  }

  private readGroupOfItems(fields: Fields, at: ElementPlace): UnitBody {
    const { references, details } = readReferences(this.kind, fields);
    const itemType = this.compositeType(fields);
    const location = composeLocation(itemType, [], references);
    const texts = this.readTexts(fields, at);
    return {
      itemType,
      objectUrl: null,
      location,
      ...texts,
      mediaMetadata: null,
      members: noMembers,
      references,
      details,
    };
  }

  private compositeType({ createVideo }: Fields): ItemType {
    if (createVideo === undefined || createVideo === null) return unitKinds[this.kind].itemType;
    if (typeof createVideo !== 'boolean') throw wrongType('createVideo', 'true or false', createVideo);
    return createVideo ? 'imageSequence' : 'imageGroup';
  }

  private readMember(kind: CompositeKind, member: GivenMember, { element, place }: ElementPlace): UnitMember {
    const { fields, nameOf } = member;
    const key = kind === 'dicomSeries' ? 'dicomMetadata' : 'imageMetadata';
    const notes = this.notesInside(key, element, place);
    return this.namingField(nameOf, fields.objectUrl, () => {
      const location = readObjectUrl(fields.objectUrl, this.urlRules);
      return {
        itemType: kind === 'dicomSeries' ? 'dicomFile' : 'image',
        measuredAs: measuredKind(kind),
        objectUrl: fields.objectUrl as string,
        location,
        title: readTitle(fields.title, this),
        mediaMetadata: readObjectMedia(kind, fields[key], this.mediaRules(location), notes),
      };
    });
  }

  /** A refusal of what `read` reads names the field of the member. */
  private namingField<Result>(
    name: string | ((field: string) => string),
    objectUrl: unknown,
    read: () => Result,
  ): Result {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UnitRefusal)) throw error;
      const { problem } = error;
      const field = typeof name === 'string' ? name : name(problem.field ?? 'objectUrl');
      const url = typeof objectUrl === 'string' ? { objectUrl } : {};
      throw new UnitRefusal({ ...problem, ...url, field, message: `${field}: ${problem.message}` });
    }
  }

  private mediaRules({ needsSigner }: LocatedUrl): MediaRules {
    return { strict: this.rules.strict, needsSigner, checksText: this.checksText };
  }
}
