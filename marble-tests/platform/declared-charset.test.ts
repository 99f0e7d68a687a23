import { declaredCharsetOf } from '../../src/platform/declared-charset.js';

describe('declaredCharsetOf', () => {
  it.each([
    ['<!doctype html><meta charset="gbk">', 'gbk'],
    ["<META CHARSET = 'GB2312' >", 'GB2312'],
    ['<meta charset=big5/>', 'big5'],
    ['<meta charset=big5 />', 'big5'],
    ['<html><head><meta name=a content=b><meta\ncharset=gbk>', 'gbk'],
    ['<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', 'gb2312'],
    ['<meta content=\'text/html;charset="gbk"\' http-equiv=content-type>', 'gbk'],
    ['<meta title="a > b" charset=gbk>', 'gbk'],
    ['<!-- <meta charset=big5> --><meta charset=gbk>', 'gbk'],
    ['<meta charset=gbk charset=big5>', 'gbk'],
    ['<meta charset=gbk><meta charset=big5>', 'gbk'],
    ['<meta charset><meta charset=gbk>', 'gbk'],
    ['<?xml version="1.0" encoding="gbk"?><a/>', 'gbk'],
    ["<?xml version='1.0' encoding='GB18030' standalone='yes'?><a/>", 'GB18030'],
    ['<?xml version="1.0" encoding = "gbk"?>', 'gbk'],
    ['<meta http-equiv=Content-Type content="text/html; charset = gbk">', 'gbk'],
    ['<meta http-equiv=Content-Type content="text/html"><meta charset=gbk>', 'gbk'],
    ['<meta hidden charset=gbk>', 'gbk'],
    ['<meta charset=x/gbk>', 'x/gbk'],
    ['<meta charset=x-utf-16>', 'x-utf-16'],
    ['<meta charset="utf-16le">', 'utf-8'],
    ['<?xml version="1.0" encoding="UTF-16"?>', 'utf-8'],
  ])('[ENC-1] finds the label in %s', (text, label) => {
    expect(declaredCharsetOf(Buffer.from(text, 'latin1'))).toBe(label);
  });

  it.each([
    [''],
    ['charset=gbk'],
    ['<meta name="charset" content="gbk">'],
    ['<meta content="text/html; charset=gbk">'],
    ['<meta name="description" content="charset=gbk">'],
    ['<metacharset=gbk>'],
    ['<meta data-charset=gbk>'],
    ['<!-- <meta charset=gbk> -->'],
    ['<!-- <meta charset=gbk>'],
    ['<meta charset=gbk'],
    ['text <?xml version="1.0" encoding="gbk"?>'],
    ['<?xml version="1.0"?><a encoding="gbk"/>'],
    [`${' '.repeat(1024)}<meta charset=gbk>`],
  ])('[ENC-1] finds none in %s', (text) => {
    expect(declaredCharsetOf(Buffer.from(text, 'latin1'))).toBeUndefined();
  });
});
