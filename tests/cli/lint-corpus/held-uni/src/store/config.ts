import { reactive } from 'vue';

export const config = reactive({
  api: 'https://hu-api.example.com',
  assets: 'https://hu-static.example.com',
});
