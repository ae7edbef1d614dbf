using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Atelier.Tests;

/// <summary>A server on the loopback device that gives one file, breaks off when asked to, and notes what was
/// asked.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly byte[] content;

    public LoopbackServer(byte[] content)
    {
        this.content = content;
        var port = FreePort();
        Url = new Uri($"http://127.0.0.1:{port}/weights.pth");
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Url { get; }

    /// <summary>Break the connection after so many bytes of each answer.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>Answer ranges with the whole file, as simple servers do.</summary>
    public bool IgnoresRanges { get; init; }

    public HttpStatusCode? Refusal { get; init; }

    /// <summary>The first byte of each request.</summary>
    public List<long> Starts { get; } = [];

    public void Dispose() => listener.Close();

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                Answer(await listener.GetContextAsync().ConfigureAwait(false));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var response = context.Response;
        var wanted = context.Request.Headers["Range"];
        var start = wanted is null || IgnoresRanges
            ? 0
            : int.Parse(wanted["bytes=".Length..^1], CultureInfo.InvariantCulture);
        Starts.Add(start);
        if (Refusal is { } code)
        {
            response.StatusCode = (int)code;
            response.Close();
            return;
        }

        if (start >= content.Length)
        {
            response.StatusCode = 416;
            response.Headers["Content-Range"] = $"bytes */{content.Length}";
            response.Close();
            return;
        }

        if (wanted is not null && !IgnoresRanges)
        {
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {start}-{content.Length - 1}/{content.Length}";
        }

        response.ContentLength64 = content.Length - start;
        var sent = Math.Min(BreakAfter ?? int.MaxValue, content.Length - start);
        response.OutputStream.Write(content, start, sent);
        response.OutputStream.Flush();
        if (sent < content.Length - start) response.Abort();
        else response.Close();
    }
}
