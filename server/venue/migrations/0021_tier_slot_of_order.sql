-- Every ending of an order asks which places it held, while it holds the stock rows.
create index tier_slot_of_order on tier_slot (order_id) where order_id is not null;
