local f = io.open("notes.txt")
os.execute("ls")
exec.run("ls")
print(f, debug.traceback(), os.getenv("HOME"), os.tiem())
