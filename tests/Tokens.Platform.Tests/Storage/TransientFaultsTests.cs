using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tokens.Platform.Storage;

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
    [InlineData(5, 5, true, false)] // busy
    [InlineData(6, 6, true, false)] // locked
    [InlineData(10, 10, true, false)] // I/O
    [InlineData(13, 13, true, false)] // disk full
    [InlineData(14, 14, true, false)] // can't open
    [InlineData(1, 1, false, false)] // SQL error
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
