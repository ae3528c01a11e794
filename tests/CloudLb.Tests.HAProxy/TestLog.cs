using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.HAProxy;

/// <summary>Keeps what was logged, so that a test can look, and shows it with a failed test.</summary>
internal sealed class TestLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}";
        _lines.Enqueue(line);
        TestContext.Current.TestOutputHelper?.WriteLine(line);
    }

    public void Dispose()
    {
    }
}
