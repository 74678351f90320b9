using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tokens.Platform.Storage;
using Tokens.Platform.Storage.Writes;

namespace Tokens.Platform.Tests.Storage;

public sealed class TransientFaultsTests
{
    [Theory]
    [InlineData("40001", true)] // serialization failure
    [InlineData("40P01", true)] // deadlock
    [InlineData("55P03", true)] // lock timeout
    [InlineData("57014", true)] // statement timeout
    [InlineData("57P01", true)] // server shuts down
    [InlineData("57P03", true)] // server starts
    [InlineData("53300", true)] // too many connections
    [InlineData("08006", true)] // connection broke
    [InlineData("25P03", true)] // idle in transaction
    [InlineData("58030", true)] // disk
    [InlineData("25006", true)] // read-only
    [InlineData("25P04", true)] // transaction too long
    [InlineData("26000", true)] // prepared statement is gone
    [InlineData("53100", true)] // disk full
    [InlineData("53200", true)] // out of memory
    [InlineData("55006", true)] // object in use
    [InlineData("57P05", true)] // idle session
    [InlineData("25P02", false)] // a statement before this one failed, and work went on all the same
    [InlineData("0A000", false)] // not supported
    [InlineData("28P01", false)] // FATAL below
    [InlineData("42501", false)] // not allowed
    [InlineData("XX000", false)] // a bug of the server
    [InlineData("23505", false)] // unique violation
    [InlineData("23514", false)] // check violation
    [InlineData("42601", false)] // syntax
    [InlineData("42P01", false)] // no such table
    [InlineData("22P02", false)] // bad value
    public void PostgreSQL_states_tell_away_from_wrong(string state, bool expected)
    {
        var fault = new PostgresException("m", "ERROR", "ERROR", state);

        TransientFaults.Covers(fault).ShouldBe(expected);
        TransientFaults.Covers(new DbUpdateException("m", fault)).ShouldBe(expected);
        TransientFaults.IsUniqueViolation(fault).ShouldBe(state == "23505");
        TransientFaults.IsDatabaseFault(fault).ShouldBeTrue();
    }

    [Theory]
    [InlineData("28P01", "password authentication failed")]
    [InlineData("3D000", "database does not exist")]
    [InlineData("08P01", "no more connections allowed (max_client_conn)")]
    [InlineData("XX000", "MaxClientsInSessionMode: max clients reached")]
    public void What_ends_the_session_says_nothing_about_the_statement(string state, string message) =>
        TransientFaults.Covers(new PostgresException(message, "FATAL", "FATAL", state)).ShouldBeTrue();

    [Fact]
    public void Plans_from_before_a_migration_say_nothing_about_the_statement() => TransientFaults.Covers(
        new PostgresException("cached plan must not change result type", "ERROR", "ERROR", "0A000", routine: "RevalidateCachedQuery")).ShouldBeTrue();

    [Fact]
    public void Connections_that_are_used_up_are_passing() => TransientFaults.Covers(
        new NpgsqlException("The connection pool has been exhausted", new TimeoutException())).ShouldBeTrue();

    [Theory]
    [InlineData("25006", "The database is read-only.")]
    [InlineData("53100", "The database's disk is full.")]
    [InlineData("58030", "The database can't write to its disk.")]
    [InlineData("57P01", null)]
    [InlineData("53300", null)]
    [InlineData("23505", null)]
    public void A_PostgreSQL_that_takes_no_changes_is_told_from_one_that_is_away(string state, string? reason)
    {
        var fault = new DbUpdateException("m", new PostgresException("m", "ERROR", "ERROR", state));

        WriteFaults.ReasonOf(fault).ShouldBe(reason);
        TransientFaults.IsRefusedWrite(fault).ShouldBe(reason is not null);
    }

    [Theory]
    [InlineData(8, "The database is read-only.")]
    [InlineData(13, "The database's disk is full.")]
    [InlineData(10, "The database can't write to its disk.")]
    [InlineData(14, "The database can't write to its disk.")]
    [InlineData(5, null)]
    [InlineData(19, null)]
    public void A_SQLite_that_takes_no_changes_is_told_from_one_that_is_busy(int code, string? reason) =>
        WriteFaults.ReasonOf(new SqliteException("m", code)).ShouldBe(reason);

    [Theory]
    [InlineData(5, 5, true, false)] // busy
    [InlineData(6, 6, true, false)] // locked
    [InlineData(7, 7, true, false)] // no memory
    [InlineData(8, 1032, true, false)] // read-only: the file was moved
    [InlineData(10, 10, true, false)] // I/O
    [InlineData(13, 13, true, false)] // disk full
    [InlineData(14, 14, true, false)] // can't open
    [InlineData(15, 15, true, false)] // locking protocol
    [InlineData(1, 1, false, false)] // SQL error
    [InlineData(11, 11, false, false)] // corrupt
    [InlineData(26, 26, false, false)] // no database
    [InlineData(19, 2067, false, true)] // unique index
    [InlineData(19, 1555, false, true)] // primary key
    [InlineData(19, 275, false, false)] // check
    public void SQLite_codes_tell_away_from_wrong(int code, int extended, bool isTransient, bool isUniqueViolation)
    {
        var fault = new SqliteException("m", code, extended);

        TransientFaults.Covers(fault).ShouldBe(isTransient);
        TransientFaults.IsUniqueViolation(new DbUpdateException("m", fault)).ShouldBe(isUniqueViolation);
    }

    [Fact]
    public void A_connection_that_breaks_is_transient_and_a_bug_is_not()
    {
        TransientFaults.Covers(new NpgsqlException("m", new SocketException(111))).ShouldBeTrue();
        TransientFaults.Covers(new InvalidOperationException("m", new TimeoutException())).ShouldBeTrue();
        TransientFaults.Covers(new InvalidOperationException("m")).ShouldBeFalse();
        TransientFaults.Covers(new OperationCanceledException()).ShouldBeFalse();
        TransientFaults.IsUniqueViolation(new InvalidOperationException("m")).ShouldBeFalse();
        TransientFaults.IsDatabaseFault(new InvalidOperationException("m")).ShouldBeFalse();
    }
}
