// Wrote the files beside it, with the npm package xlsx 0.18.5 (no other writer of .xlsb runs outside Excel):  node make.js
const X = require('xlsx');
const ws={};
const put=(a,c)=>{ws[a]=c};
["Naam","BTW-nummer","E-mail","Getal","Datum","Prijs"].forEach((t,i)=>put(X.utils.encode_cell({r:0,c:i}),{t:'s',v:t}));
put('A2',{t:'s',v:'Bakkerij Peeters BV'});put('B2',{t:'n',v:403019261,z:'0000000000'});put('C2',{t:'s',v:'Jan',l:{Target:'mailto:jan@peeters.be'}});put('D2',{t:'n',v:85073003328});put('E2',{t:'n',v:45720,z:'dd/mm/yyyy'});put('F2',{t:'n',v:0.25});
put('A3',{t:'s',v:'Garage Dubois SRL'});put('B3',{t:'e',v:42});put('C3',{t:'s',v:'marc@dubois.be'});put('D3',{t:'b',v:true});put('F3',{t:'n',v:-7});
put('A4',{t:'s',v:'Hidden NV'});put('C4',{t:'s',v:'hidden@nv.be'});
put('A5',{t:'s',v:'Éclair & Zn. 中'});put('B5',{t:'s',v:'0471.730.202'});put('D5',{t:'n',v:1234.5,f:'SUM(D2:D2)'});put('F5',{t:'n',v:12345678901234567});
ws['!ref']='A1:F6';
ws['!rows']=[,,,{hidden:true}];
ws['!cols']=[,,,,,{hidden:true}];
ws['!merges']=[{s:{r:5,c:0},e:{r:5,c:1}}];
put('A6',{t:'s',v:'merged'});
const h={A1:{t:'s',v:'x'},'!ref':'A1:A1'};
const wb={SheetNames:['Klanten','Verborgen'],Sheets:{Klanten:ws,Verborgen:h},Workbook:{Sheets:[{},{Hidden:1}]}};
X.writeFile(wb, 'inline.xlsb', {bookType: 'xlsb'});
X.writeFile(wb, 'shared.xlsb', {bookType: 'xlsb', bookSST: true});
X.writeFile(wb, 'old.xls', {bookType: 'biff8'});
