using Npgsql;

namespace Tokens.Testing.Tests;

public sealed class OwnPostgresTests
{
    [Fact]
    public async Task A_server_that_is_stopped_refuses_and_comes_back_with_its_rows()
    {
        await using var postgres = await OwnPostgres.StartNewAsync();
        await ExecuteAsync(postgres, "CREATE TABLE kept (id int)");

        await postgres.StopAsync();
        await Should.ThrowAsync<NpgsqlException>(() => ExecuteAsync(postgres, "SELECT 1"));
        await postgres.StartAsync();
        await ExecuteAsync(postgres, "SELECT * FROM kept");

        await postgres.RestartAsync();
        await ExecuteAsync(postgres, "SELECT * FROM kept");
    }

    [Fact]
    public async Task A_server_that_is_paused_answers_when_it_goes_on()
    {
        await using var postgres = await OwnPostgres.StartNewAsync();
        await using var open = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await open.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT 1", open);

        postgres.Pause();
        await Should.ThrowAsync<NpgsqlException>(() => ExecuteAsync(postgres, "SELECT 1", ";Timeout=1"));
        var answer = command.ExecuteScalarAsync();
        answer.IsCompleted.ShouldBeFalse();
        postgres.Resume();

        (await answer).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_paused_is_ended_with_its_test()
    {
        var postgres = await OwnPostgres.StartNewAsync();
        postgres.Pause();

        await postgres.DisposeAsync();

        await Should.ThrowAsync<NpgsqlException>(() => ExecuteAsync(postgres, "SELECT 1"));
    }

    private static async Task ExecuteAsync(OwnPostgres postgres, string sql, string settings = "")
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false" + settings);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
