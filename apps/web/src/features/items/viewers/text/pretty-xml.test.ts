import { expect, test } from 'vitest';
import { prettyXml } from './pretty-xml.js';

test('elements stand in lines of their own, by depth', () => {
  const text =
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a x="1 > 0"><!-- <no> --><b>text &amp; more</b><c/><d></d><e><f>1</f></e></a>\n';
  expect(prettyXml(text)).toBe(
    [
      '<?xml version="1.0"?>',
      '<!DOCTYPE a [<!ENTITY b "c">]>',
      '<a x="1 > 0">',
      '  <!-- <no> -->',
      '  <b>text &amp; more</b>',
      '  <c/>',
      '  <d></d>',
      '  <e>',
      '    <f>1</f>',
      '  </e>',
      '</a>',
    ].join('\n'),
  );
});

test('CDATA stays as it is', () => {
  expect(prettyXml('<a><![CDATA[<b>&]]></a>')).toBe('<a>\n  <![CDATA[<b>&]]>\n</a>');
});

test.each(['<a><b></a></b>', '<a>', '</a>', '<a', ''])('%j is no XML', (text) => {
  expect(prettyXml(text)).toBeNull();
});
