namespace CloudLb.Nginx;

/// <summary>Whose life the nginx processes share.</summary>
public enum NginxLifetime
{
    /// <summary>The server's: its graceful stop ends them.</summary>
    Server,

    /// <summary>Their own: they go on when the server stops, and it finds them again.</summary>
    Own,
}
