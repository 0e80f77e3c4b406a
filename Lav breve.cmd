@echo off
rem Slip en eller flere sagers regneark, eller .json- eller .xml-filer, på denne fil. Brevene kommer i mappen »breve« ved siden af.
setlocal DisableDelayedExpansion
chcp 65001 >nul
set "HOERING=%~dp0.venv\Scripts\hoering.exe"
if not exist "%HOERING%" set "HOERING=hoering"
if "%~1"=="" (
  echo Slip en sags regneark paa denne fil. Et tomt regneark laves med:
  echo   hoering case new sag.xlsx
  goto slut
)
:naeste
if not exist "%~f1" (
  echo Filen findes ikke: "%~f1"
  goto flere
)
"%HOERING%" letters "%~f1" --out "%~dp1breve" --mark
set "KODE=%ERRORLEVEL%"
echo.
if "%KODE%"=="0" echo Brevene ligger i "%~dp1breve".
if "%KODE%"=="1" echo Nogle breve er holdt tilbage; se beskederne ovenfor. Resten ligger i "%~dp1breve".
if "%KODE%"=="3" echo Programmet er ikke sat rigtigt op. Vis beskederne til dem, der passer det.
if "%KODE%"=="4" echo Der er fejl i sagen. De staar ovenfor, og i kopien ".fejl.xlsx" ved siden af regnearket.
if "%KODE%"=="5" echo Brevene kan ikke skrives. Luk filer, der er aabne i Word eller Excel, og proev igen.
if "%KODE%"=="9009" echo Programmet hoering er ikke fundet. Det skal ligge i .venv ved siden af denne fil.
if exist "%~dp1breve" if "%KODE%"=="0" start "" "%~dp1breve"
:flere
shift /1
if not "%~1"=="" (
  echo.
  goto naeste
)
:slut
echo.
pause
