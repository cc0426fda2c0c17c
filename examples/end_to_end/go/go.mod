module example.com/phone

go 1.21
