"""What a record is and can do, for any API of this kind: reading, changing, identity, associations, lists."""
