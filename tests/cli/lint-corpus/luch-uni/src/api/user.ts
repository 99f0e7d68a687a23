import { http, second } from '@/utils/request';
export const login = (code: string) => http.post('/login', { code });
export const profile = () => second.get('/me');
export const sendFile = (filePath: string) => http.upload(import.meta.env.VITE_UPLOAD_URL, { filePath, name: 'f' });
export const sendSecond = (filePath: string) => second.upload('/files', { filePath, name: 'f' });
export const fetchFile = () => http.download('https://luch-files.example.com/a.zip');
