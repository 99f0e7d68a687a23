import { fetcher, Member } from '~utils/fetch';
import { Service } from './service';

void fetcher('items');
void Member.list();
void Service.instance.call('x');
