package place

// ordinaryWords are names of places that are words, names of persons or of whole regions as well: they name a place only
// beside a cue.
const ordinaryWords = `banten serang curug bendung pancur gelam salak garuda solo royal pandawa diponegoro veteran gandaria banjar sumur
pagelaran munjul perdana karya serangan mawar melayu gadang teluk pasar taman kota lama baru jaya raya indah sehati mandiri
sejahtera persada pemkot rutan lingkar selatan utara timur barat tengah pusat puri permata griya adhyaksa jengkol ampel kenari
tanggul buah bali jakarta persis peradaban iqra bhayangkara bhayangkari sudirman jami jaha pasir sumber sungai kebun kebon sawah
mutiara murung seberang mesjid masjid teratai sukamaju kebayan polda petir anyar gambut merak bojong maja kopo muncang kuta rau boru royal mos
pangkalan tegal rahayu lebak tugu kejaksaan pemda satria neglasari melati cempaka`

// commonWords are words of everyday complaints, those above all that look like a place's name with a slip in it, and
// cities elsewhere: alone they are never a misspelt place.
const commonWords = `sekarang lurahnya dicor minta ya yah pak bu min kak om bos gan deh nih tuh bang mas mbak bpk ada adalah agar air aja akan akses aku alat aman ambil anak anda angkot antara apa apakah aparat api arus asap aspal atap atas atau awal awas ayo
bagaimana bagian bahaya bahwa baik banget bangunan banjir bantu bantuan banyak bapak barang baru basah batas batu bau bawah bayar beberapa beda begitu belum benar benda berada berat berhenti berikan berlubang bermain bersih besar beton biar biasa biaya bikin bisa bocor bolong buang buat bukan buka bulan bus
camat cari cat cepat coba contoh cor cuma curah dan dalam dana dapat data datang dengan dinas diri ditindak diperbaiki dong dua gak galian ganti gantung gelap genangan gotong got gua guna guru
habis hari harap harga harus hampir hati hidup hilang hitam hujan ibu ikan ini itu izin jadi jadwal jaga jangan jauh jam jembatan jelas juga jukir kabel kabar kadang kali kalau kalo kalian kami kamu kandang kantor karena kasih kawan keluar kelas kemarin kembali kena kendaraan kerja kepada ketua kita kok korban kota kotor kurang kursi
lagi lahan lain lalu lama lambat lampu langsung lantai lapak lapangan laporan lapor lebar lebih lewat liar licin limbah listrik lubang luar lurah macet main makan malam mana marka mas masa masalah masih masuk mati mau meluap memang menyerang merah minggu minta mobil mohon motor mulai nama nanti naik nya
orang padahal padam pagi pak pake pakai paling pandang panas parah paret parit parkir pasang pasien pas pasir patah pedagang pejalan pengendara penuh perbaikan perlu pernah petugas pintu pipa pohon pos pungli pulang pulih puskesmas putus ramai rambu ranting rawan rumah rusak saat sakit salah saluran sama sampai sampah sangat saya sebab sedang segera sehari sekali sekolah selalu selama selokan semua sepi sering siang siapa sih sore suara sudah sulit supaya surat susah
tadi tahun tak tambal tanah tanda tanggul tanpa tau telah teman tempat terima terlalu terus tiap tiang tidak tikungan tinggi tolong tong tiba truk tua tumbang tumpukan turun tutup udah udara ujung uang untuk urus usaha warga warung waktu wali yang yg
the and for this that with have been very please street light lights water broken garbage trash there from some many here help school house front
tanggal sedangkan tinggal katanya serta para gorong kelahiran peraturan seorang pertama karyawan tegas tanyakan penghasilan kira tembok muncul kanan
kiri lebat tunggu panjang bingung kematian kencang bawa kasihan tangga umur seragam usulan trus karang tingkat pimpinan padat catatan pengadilan
tanggung jaringan sebulan lowongan tanjung perda gading pelaporan kejahatan karung larangan pemohon panggilan bangun wisata sidang terang cerita
kebakaran tunjangan mendukung golongan maju gudang potongan kiriman selang pilihan puluhan tertib letak baca kotoran serahkan tunggal sadar pidana
pengeras kerjasama sarang kasian melawan tanggungan kandung semangat lelang terpilih keuangan pangan manual percaya burung kunjungan pemegang hancur
tebang gelar lobang sabar melarang tabungan senang pengajian pengisian kalangan kebenaran seumur koran lurus jangka penawaran sarankan sudetan kemari
pedoman tanjakan suasana teliti kehabisan rekaman dagangan mentang karangan angkatan pengembangan melintang perkara takutkan unsur palang tangguh
mending tambang relawan tanggap omongan larang layang menantang layar padi cocok turut bohong pikiran pengurangan bendungan pemecahan ujungnya perkasa
peran legal sayur rame jengkel pemecatan monitor pergudangan naungan begal kediaman sombong patungan menang tebal pengamanan payung matahari pemaksaan
persatu skrang jalanya tega padamnya pelabuhan bandar tenggara ambulan subur tulus pengalihan dihitung rangkaian pengusiran tegangan kesan menimbang
patung kurus terisi lapang borongan telur geram melaju pameran janggal gendong sekrng penyambungan ketahanan kemasan sukarela terbang pangkal
pemenuhan panjangnya katakan pacaran menduga terlarang melalu parking kelaparan ancur undur apel kurungan kesadaran peraga paparan tebing pegangan
pantat meraung pengasapan tenggat ladang kacang bata menggali tabrakan kencing kutipan penambangan pegunungan sumber daya manusia situ sini sana
negeri swasta
lho loh lo lha lah euy atuh teh mah kang teteh mbok mba aja doang pokoknya kayaknya kayanya pas persis situnya sananya nya maaf lupa oh iya balas balesin baru
lokasi tempat alamat patokan patokannya dekat gang gangnya masuknya tepat rumahnya kalo klo biasa sini nih deh sih dong tolong dieu ieu
its it somewhere just right side bus town square city public banten
bandung surabaya jakarta tangerang semarang bekasi bogor depok cilegon medan padang palembang banjarmasin banjarbaru denpasar badung yogyakarta malang cianjur cimahi`
