import { wxRequest } from '@/utils/wxRequest';
const apiMall = 'https://wepy-mall.example.com';
const apiPoint = 'https://wepy-point.example.com/v2';

const wxJsCode2Session = (params) => wxRequest(params, apiMall + '/wechat/jscode2session');
const getDiscoverList = (params) => wxRequest(params, `${apiMall}/goods/list?page=${params.page}`);
const getPoints = (params) => wxRequest(params, apiPoint + '/my');
module.exports = { wxJsCode2Session, getDiscoverList, getPoints, imgUrl: 'https://wepy-pic.example.com' };
