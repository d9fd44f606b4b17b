import Database from 'better-sqlite3'

/** Another program for the tests: locks the database given as argument, says so, and keeps the lock until it is killed. */

const [path, statement] = process.argv.slice(2)
const client = new Database(path!)
client.exec(statement!)
process.stdout.write('locked\n')
setInterval(() => client.inTransaction, 60_000)
