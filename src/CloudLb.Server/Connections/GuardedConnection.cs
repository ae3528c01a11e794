using System.Net;
using CloudLb.AwsApi;
using Microsoft.AspNetCore.Connections;

namespace CloudLb.Server.Connections;

/// <summary>A connection that is open, and what is known of who has it. Its guard alone changes it, under its lock.</summary>
internal sealed class GuardedConnection : ICallerConnection
{
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConnectionGuard _guard;
    private readonly ConnectionContext _connection;

    /// <param name="since">The clock's timestamp.</param>
    public GuardedConnection(ConnectionGuard guard, ConnectionContext connection, IPAddress source, long since)
    {
        (_guard, _connection, Source, Since) = (guard, connection, source, since);
        Place = new(this);
        PlaceOfSource = new(this);
    }

    public IPAddress Source { get; }

    /// <summary>Whether it came to where the API listens, and not to where monitoring does.</summary>
    public bool IsForApi { get; init; }

    /// <summary>In the guard's list of unknown or of known connections.</summary>
    public LinkedListNode<GuardedConnection> Place { get; }

    /// <summary>In the list of its source's unknown ones.</summary>
    public LinkedListNode<GuardedConnection> PlaceOfSource { get; }

    /// <summary>When it was opened, or when a request began or ended on it, whatever came last.</summary>
    public long Since { get; set; }

    public bool IsAnswering { get; set; }

    /// <summary>Whether the request that is being answered has a body, which may be still to come.</summary>
    public bool HasBody { get; set; }

    /// <summary>Whether the signature of a call on it held once.</summary>
    public bool IsVerified { get; set; }

    /// <summary>Whether that of the call that is being answered did.</summary>
    public bool IsCallVerified { get; set; }

    public bool IsClosing { get; set; }

    /// <summary>Complete when nothing of it is left.</summary>
    public Task Gone => _gone.Task;

    public void HasGone() => _gone.TrySetResult();

    public void CallIsVerified() => _guard.CallIsVerified(this);

    public void RequestBegins(bool hasBody) => _guard.RequestBegins(this, hasBody);

    public void RequestEnds() => _guard.RequestEnds(this);

    public void Close(string reason) => _connection.Abort(new ConnectionAbortedException(reason));
}
