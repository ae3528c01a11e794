namespace CloudLb.Core.SignIns;

/// <summary>Where the data plane sends the requests of clients that sign in.</summary>
public interface ISignInSocket
{
    /// <summary>Of a Unix socket. Whatever is there is somebody's who has died.</summary>
    string Path { get; }

    /// <summary>Lets the data plane's processes, and nobody else, write to the socket that was made there.</summary>
    void Admit();
}
