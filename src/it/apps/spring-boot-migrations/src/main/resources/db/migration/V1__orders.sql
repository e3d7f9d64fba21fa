create table shop_order (visitor_code varchar(100) not null);
