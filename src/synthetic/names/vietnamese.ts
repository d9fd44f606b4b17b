import { invariable, type Origin } from './origin.ts'
import { spellings } from './spelled.ts'

const GIVEN = {
  vrouw: spellings(`
    Hương|Huong Lan|Lân Linh|Lĩnh Mai|Mây Hoa|Hòa Trang|Chang Thảo|Thao Nga|Ngà Phương|Phuong Thu|Thư Hà|Ha Hằng|Hang Yến|Yen Nhung|Nhung
    Ngọc|Ngoc Tuyết|Tuyet Vân|Van Anh|Ánh Dung|Zung Hạnh|Hanh Hiền|Hien Hồng|Hong Huyền|Huyen Kim|Kym Liên|Lien Loan|Loan Ly|Li My|Mi
    Nguyệt|Nguyet Nhi|Nhy Oanh|Wanh Quỳnh|Quynh Tâm|Tam Thanh|Thành Thủy|Thuy Trâm|Tram Trinh|Chinh Tú|Tu Uyên|Uyen Vy|Vi Xuân|Xuan
    Bích|Bich Châu|Chau Cúc|Cuc Diễm|Diem Đào|Dao Giang|Yang Hoài|Hoai Khánh|Khanh Minh|Mynh Như|Nhu Phượng|Phuong Sen|Xen Thơ|Tho`),
  man: spellings(`
    Anh|Ánh Dũng|Dung|Zung Hùng|Hung Minh|Mynh Tuấn|Tuan Nam|Năm Long|Lộng Đức|Duc Hải|Hai Hiếu|Hieu Hoàng|Hoang Khoa|Khoa Kiên|Kien
    Lâm|Lam Phong|Fong Phúc|Phuc Quân|Quan Quang|Kwang Sơn|Son Tài|Tai Tâm|Tam Thắng|Thang Thành|Thanh Thiện|Thien Thịnh|Thinh Tiến|Tien
    Toàn|Toan Trung|Chung Tú|Tu Tùng|Tung Việt|Viet Vinh|Vynh Vũ|Vu Bảo|Bao Bình|Binh Cường|Cuong Đạt|Dat Duy|Zuy Giang|Yang Hậu|Hau
    Huy|Hwy Khánh|Khanh Lộc|Loc Mạnh|Manh Nghĩa|Nghia Nhân|Nhan Phước|Phuoc Quý|Quy Sang|Xang Thái|Thai Trí|Tri Trọng|Trong Văn|Van`),
}
const MIDDLE = {
  vrouw: spellings(
    'Thị|Thi Thị|Thi Thị|Thi Ngọc|Ngoc Thanh|Thành Thu|Thư Kim|Kym Bích|Bich Hồng|Hong Minh|Mynh Phương|Phuong Mỹ|My',
  ),
  man: spellings(
    'Văn|Van Văn|Van Đức|Duc Hữu|Huu Minh|Mynh Quang|Kwang Xuân|Xuan Ngọc|Ngoc Thanh|Thành Đình|Dinh Công|Cong Quốc|Quoc',
  ),
}

/** Nearly two in five are called Nguyễn. */
const FAMILIES = spellings(`
  Nguyễn|Nguyen|Nguyên Trần|Tran Lê|Le Phạm|Pham Hoàng|Hoang|Huỳnh|Huynh Phan|Fan Vũ|Vu|Võ|Vo Đặng|Dang Bùi|Bui Đỗ|Do Hồ|Ho
  Ngô|Ngo Dương|Duong Lý|Ly Đinh|Dinh Đoàn|Doan Trịnh|Trinh Lâm|Lam Mai|Mây Trương|Truong Cao|Kao Hà|Ha Tạ|Ta Lương|Luong Chu|Châu|Chau
  Tô|To Quách|Quach Thái|Thai Kiều|Kieu Phùng|Phung`)

export const vietnamese: Origin = {
  id: 'vietnamees',
  share: 8,
  nationalities: ['VN'],
  drawGiven(chance, sex) {
    const middle = chance.pick(MIDDLE[sex])
    const own = chance.pickCommon(GIVEN[sex], 1)
    return chance.happens(0.3) ? [middle, chance.pick(GIVEN[sex]), own] : [middle, own]
  },
  usesLastGivenName: true,
  drawFamily: (chance) => invariable(chance.pickCommon(FAMILIES, 3)),
  birthplaces: spellings(`
    Nghệ_An|Nghe_An|Nghean Hà_Tĩnh|Ha_Tinh|Hatinh Hải_Phòng|Hai_Phong|Haiphong Quảng_Bình|Quang_Binh Hà_Nội|Ha_Noi|Hanoi Thanh_Hóa|Thanh_Hoa
    Hải_Dương|Hai_Duong Thành_phố_Hồ_Chí_Minh|Ho_Chi_Minh|Saigon Nam_Định|Nam_Dinh Thái_Bình|Thai_Binh Huế|Hue Đà_Nẵng|Da_Nang|Danang
    Bắc_Ninh|Bac_Ninh Vinh Quảng_Ninh|Quang_Ninh Bắc_Giang|Bac_Giang Hưng_Yên|Hung_Yen Cần_Thơ|Can_Tho Đắk_Lắk|Dak_Lak|Daklak Phú_Thọ|Phu_Tho`),
  mobile: { prefix: '+8490', digits: 7 },
  registeredOnFirstOfJanuary: 0.05,
}
