export default { pages: ['pages/list/list', 'pages/detail/detail'], window: {} };
