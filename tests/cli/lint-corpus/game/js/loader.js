import { RES } from './net/consts'

const FILES = ['hero.zip', 'music.zip']
const LEVELS = ['https://level.example.com/1.json', 'https://level.example.com/2.json']

function load(url, done) {
  wx.downloadFile({ url, success: ({ tempFilePath }) => done(tempFilePath) })
}

export function loadAll(done) {
  FILES.forEach((name) => load(RES + name, done))
  LEVELS.map((level) => load(level, done))
}
