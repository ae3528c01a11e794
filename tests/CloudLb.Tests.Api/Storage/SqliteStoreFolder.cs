using System.Collections.Concurrent;
using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using CloudLb.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.Tests.Api.Storage;

/// <summary>A data directory of its own for one test, its name full of what a path may hold, and the stores opened in it.</summary>
internal sealed class SqliteStoreFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cloudlb store %41?#;é ");

    public string Path => _directory.FullName;

    public string Database => System.IO.Path.Combine(Path, "cloudlb.db");

    /// <summary>Ids of what the stores logged at Error.</summary>
    public ConcurrentQueue<int> LoggedErrors { get; } = [];

    public SqliteStore Open(ChangeSignal changes, int maximumPages = 0, ResourceKind? notes = null) => new(
        Options.Create(new SqliteStoreOptions { DataDirectory = Path, BusyTimeout = TimeSpan.FromSeconds(1), MaximumPages = maximumPages }),
        new([LoadBalancerCollection.Kind, CertificateCollection.Kind, KnownAccessKeys.Kind, MemberCollection.Kind, notes ?? Note.Kind]),
        changes,
        new ErrorLog(LoggedErrors));

    /// <summary>Leaves a database with load balancers behind, as an earlier run would.</summary>
    public async Task FillAsync(int count, CancellationToken cancellationToken)
    {
        using var changes = new ChangeSignal();
        using var store = Open(changes);
        await Task.WhenAll(Enumerable.Range(0, count).Select(number =>
        {
            var key = SampleLoadBalancer.Key($"kept-{number:D5}");
            var loadBalancer = SampleLoadBalancer.Full(key) with { Address = new([127, 0, (byte)(number >> 8), (byte)number]) };
            return store.CreateAsync(key, _ => loadBalancer, cancellationToken);
        }));
    }

    /// <summary>A second program's connection to the database.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = Connect();
        connection.Execute(sql);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private sealed class ErrorLog(ConcurrentQueue<int> ids) : ILogger<SqliteStore>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            ids.Enqueue(eventId.Id);
    }
}
