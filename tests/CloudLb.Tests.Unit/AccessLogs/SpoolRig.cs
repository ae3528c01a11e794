using System.Globalization;
using CloudLb.AccessLogs;
using CloudLb.AccessLogs.Delivery;
using CloudLb.AccessLogs.Spooling;
using CloudLb.Core.AccessLogs;
using CloudLb.Elb.Domain.Attributes;
using CloudLb.Elb.Status;
using CloudLb.HAProxy.AccessLog;
using CloudLb.HAProxy.Files;
using CloudLb.Tests.Unit.LoadBalancers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ManualClock = CloudLb.Tests.Unit.AwsApi.ManualClock;
using RecordedLog = CloudLb.Tests.Unit.AwsApi.RecordedLog;

namespace CloudLb.Tests.Unit.AccessLogs;

/// <summary>
/// Spooler and deliverer on real files, with a writer in HAProxy's place, a clock that is moved, and faults that are asked for.
/// </summary>
internal sealed class SpoolRig : IBucketStore, IAccessLogSource, IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cloudlb-test-");
    private readonly HAProxyDirectory _haproxy;
    private readonly LoggedFiles _source;
    private readonly DirectoryStore _store;
    private StreamWriter? _writer;
    private int _files;

    public SpoolRig()
    {
        _haproxy = new HAProxyDirectory(_directory.FullName, []);
        _source = new LoggedFiles(
            _haproxy, LoggerFactory.Create(logging => logging.AddProvider(Told)).CreateLogger<LoggedFiles>(), Clock);
        _store = new DirectoryStore(Buckets);
        Log = new() { Bucket = "logs", Interval = TimeSpan.FromMinutes(5) };
        Restart();
    }

    public ManualClock Clock { get; } = new(new(2026, 3, 1, 10, 1, 0, TimeSpan.Zero));

    /// <summary>What the source has told the log.</summary>
    public RecordedLog Told { get; } = new();

    public Spooler Spooler { get; private set; } = null!;

    public Deliverer Deliverer { get; private set; } = null!;

    public AccessLogOptions Options { get; } = new();

    /// <summary>Asked before each call to the source; throws for a fault there.</summary>
    public Action SourceFault { get; set; } = () => { };

    /// <summary>Asked before and after each delivery.</summary>
    public Action StoreFault { get; set; } = () => { };

    public string Buckets => Path.Combine(_directory.FullName, "access-logs");

    public string SpoolDirectory => Path.Combine(_directory.FullName, "access-log-spool");

    public string RawDirectory => _haproxy.Cell(1).AccessLogs;

    /// <summary>The attribute of the load balancer <c>web</c>.</summary>
    public AccessLog? Log
    {
        set => Resources.Current = MemoryResources.Of(Sample.LoadBalancer() with { Attributes = new() { AccessLog = value } });
    }

    public MemoryResources Resources { get; } = new();

    /// <summary>Every delivered line's target, by object.</summary>
    public Dictionary<string, string[]> Delivered =>
        !Directory.Exists(Buckets) ? [] : Directory.EnumerateFiles(Buckets, "*", SearchOption.AllDirectories)
        .ToDictionary(
            path => Path.GetRelativePath(Buckets, path),
            path => File.ReadAllLines(path).Select(line => line.Split(" \"GET http://a:80/")[1].Split(' ')[0]).ToArray());

    public IEnumerable<string> DeliveredTargets => Delivered.Values.SelectMany(targets => targets);

    /// <summary>As after a kill: nothing of what was in memory is there any more.</summary>
    public void Restart()
    {
        Spooler = new Spooler(
            this,
            new LoggedLoadBalancers(
                [new ClassicLoggedLoadBalancers(Resources)], new(Microsoft.Extensions.Options.Options.Create(Options)), Clock),
            new WaitingLines(),
            Microsoft.Extensions.Options.Options.Create(Options),
            SpoolDirectory,
            Clock,
            NullLogger<Spooler>.Instance);
        Deliverer = new Deliverer(Spooler, this, Clock, NullLogger<Deliverer>.Instance);
    }

    /// <summary>What has come goes into the spool, and what is due from there to its bucket.</summary>
    public async Task PassAsync()
    {
        Spooler.Pass(isLast: false);
        await Deliverer.PassAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Logs a request for a target as HAProxy does.</summary>
    public void Write(string target) => WriteRaw($"{Line(target)}\n");

    /// <summary>As much of a request's line as a full disk took.</summary>
    public void WriteTorn(string target) => WriteRaw(Line(target)[..60]);

    /// <summary>The process ends; the next one has a file of its own.</summary>
    public void EndProcess()
    {
        _writer?.Dispose();
        _writer = null;
    }

    public void Dispose()
    {
        EndProcess();
        _haproxy.Dispose();
        _directory.Delete(recursive: true);
    }

    async Task IBucketStore.PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken)
    {
        StoreFault();
        await _store.PutAsync(bucket, key, content, cancellationToken);
        StoreFault();
    }

    IReadOnlyList<AccessLogPart> IAccessLogSource.Parts()
    {
        SourceFault();
        return _source.Parts();
    }

    long IAccessLogSource.Read(string part, long position, ICollection<AccessLogEntry> entries)
    {
        SourceFault();
        return _source.Read(part, position, entries);
    }

    void IAccessLogSource.Release(string part, long position)
    {
        SourceFault();
        _source.Release(part, position);
    }

    private void WriteRaw(string text)
    {
        if (_writer is null)
        {
            Directory.CreateDirectory(RawDirectory);
            var file = new FileStream(
                Path.Combine(RawDirectory, $"1-{_files++}.1"), FileMode.CreateNew, FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete);
            _writer = new StreamWriter(file) { AutoFlush = true };
        }

        _writer.Write(text);
    }

    private string Line(string target)
    {
        var now = (
            (Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
        var url = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"/{target}"));
        return $"H {now} {now} {now} {now} 123456789012:us-east-1:web:80 127.0.0.1 1 10.0.0.5 8080 0 0 0 200 200 9 9 9 0 0 9 0 0 - - - " +
            $"R0VU MS4x YQ== {url} -";
    }
}
